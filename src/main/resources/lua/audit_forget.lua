-- Forgets that a building ever had a log, unless it has one: 1 if it was known, or 0.
-- ARGV: building.
local audit_key, retention_key = unpack(KEYS)
if redis.call('EXISTS', audit_key) == 1 then
  return 0
end
return redis.call('HDEL', retention_key, ARGV[1])
