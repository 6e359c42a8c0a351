-- Takes the use of a jti over from whoever has it for the same unlock: returns nothing, or the use that
-- stands where it is another unlock's. ARGV: use, unlock, life in ms.
local held = redis.call('GET', KEYS[1])
if held and string.match(held, '^%S+') ~= ARGV[2] then
  return held
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return false
