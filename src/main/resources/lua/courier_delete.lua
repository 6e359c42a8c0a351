-- Deletes a courier unless it belongs to another carrier: deleted, absent or foreign.
local known = redis.call('GET', KEYS[1])
if not known then
  return 'absent'
end
if cjson.decode(known)['carrier'] ~= ARGV[1] then
  return 'foreign'
end
redis.call('DEL', KEYS[1])
return 'deleted'
