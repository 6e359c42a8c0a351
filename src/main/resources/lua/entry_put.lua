-- Writes a building or a courier unless it belongs to another owner: created, replaced or foreign.
-- ARGV: the member that names the owner, the owner, the entry.
local known = redis.call('GET', KEYS[1])
if known and cjson.decode(known)[ARGV[1]] ~= ARGV[2] then
  return 'foreign'
end
redis.call('SET', KEYS[1], ARGV[3])
return known and 'replaced' or 'created'
