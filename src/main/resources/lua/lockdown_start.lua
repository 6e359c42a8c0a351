-- Locks a building down and records that. ARGV: entry, record, life of records in ms. The entry says itself when it ends: with a life in Redis it could be evicted before.
-- Where the log is of another type, the building is locked all the same, and the caller told of it.
redis.call('SET', KEYS[1], ARGV[1])
redis.call('XADD', KEYS[2], '*', 'record', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
