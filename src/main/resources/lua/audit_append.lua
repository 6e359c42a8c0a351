-- Appends one record. ARGV: record, cutoff of records, life of records in ms.
redis.call('XADD', KEYS[1], 'MINID', '~', ARGV[2], '*', 'record', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
