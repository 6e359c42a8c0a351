-- Deletes a door and leaves where it stood: deleted or absent with its building if that is known,
-- or foreign. ARGV: manager, life of what is left in ms.
local known = redis.call('GET', KEYS[1])
if not known then
  return {'absent'}
end
local entry = cjson.decode(known)
if entry['manager'] ~= ARGV[1] then
  return {entry['deleted'] and 'absent' or 'foreign'}
end
if entry['deleted'] then
  return {'absent', entry['building']}
end
local left = cjson.encode({deleted = true, building = entry['building'], manager = ARGV[1]})
redis.call('SET', KEYS[1], left, 'PX', ARGV[2])
return {'deleted', entry['building']}
