-- Writes a grant unless its id is taken: 1, or 0. ARGV: life in ms, record,
-- life of records in ms, then the grant's fields and values in turn.
local grant_key, audit_key = unpack(KEYS)
redis.call('XLEN', audit_key) -- One of another type must show before the first write.
if redis.call('HLEN', grant_key) > 0 then
  return 0
end
redis.call('HSET', grant_key, unpack(ARGV, 4))
redis.call('PEXPIRE', grant_key, ARGV[1])
redis.call('XADD', audit_key, '*', 'record', ARGV[2])
redis.call('PEXPIRE', audit_key, ARGV[3])
return 1
