-- Appends one record: 1; or 0 where it has a name and a record of that name is there. Notes how long
-- the building keeps its records, for whoever trims, and whose they are.
-- ARGV: record, life of records in ms, building, retention in days with a space and the manager, life
-- of the name in ms.
local audit_key, retention_key, recorded_key = unpack(KEYS)
-- A key of another type must show before the first write.
redis.call('XLEN', audit_key)
redis.call('HLEN', retention_key)
if recorded_key and not redis.call('SET', recorded_key, '1', 'NX', 'PX', ARGV[5]) then
  return 0
end
redis.call('HSET', retention_key, ARGV[3], ARGV[4])
redis.call('XADD', audit_key, '*', 'record', ARGV[1])
redis.call('PEXPIRE', audit_key, ARGV[2])
return 1
