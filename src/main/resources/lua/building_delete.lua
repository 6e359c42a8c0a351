-- Deletes a building that has no doors: deleted with the entry as it was, absent, foreign or
-- conflict.
local known = redis.call('GET', KEYS[1])
if not known then
  return {'absent'}
end
if cjson.decode(known)['manager'] ~= ARGV[1] then
  return {'foreign'}
end
if redis.call('SCARD', KEYS[2]) > 0 then
  return {'conflict'}
end
redis.call('DEL', KEYS[1])
return {'deleted', known}
