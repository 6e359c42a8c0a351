-- Ends a grant by setting a time that is set only once; returns the grant, or an empty list when
-- there is none. ARGV: the field, the time, record, life of records in ms. The retention is as it was
-- when the grant was made: it may lengthen the log's life, and never cuts it.
local grant_key, audit_key = unpack(KEYS)
redis.call('XLEN', audit_key) -- One of another type must show before the first write.
if redis.call('EXISTS', grant_key) == 1
  and redis.call('HSETNX', grant_key, ARGV[1], ARGV[2]) == 1 then
  redis.call('XADD', audit_key, '*', 'record', ARGV[3])
  if redis.call('PTTL', audit_key) < tonumber(ARGV[4]) then
    redis.call('PEXPIRE', audit_key, ARGV[4])
  end
end
return redis.call('HGETALL', grant_key)
