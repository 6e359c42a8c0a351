-- Lifts a lockdown and records that: 1, or 0 when there was none. ARGV: record, life
-- of records in ms.
redis.call('XLEN', KEYS[2]) -- One of another type must show before the first write.
if redis.call('DEL', KEYS[1]) == 0 then
  return 0
end
redis.call('XADD', KEYS[2], '*', 'record', ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
