-- Notes a door among its building's: 1, or 0 when the manager has no such building.
local building = redis.call('GET', KEYS[1])
if not building or cjson.decode(building)['manager'] ~= ARGV[1] then
  return 0
end
redis.call('SADD', KEYS[2], ARGV[2])
return 1
