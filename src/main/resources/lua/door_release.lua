-- Removes a door's registration if it is the node's own, and of that epoch; any epoch of the node's where that is 0.
-- KEYS: the door's registration. ARGV: the node; the epoch. Replies how many were removed.
local held = redis.call('GET', KEYS[1])
if not held then
  return 0
end
local epoch, node = string.match(held, '^(%d+) %d+ (%S+)')
if node ~= ARGV[1] or (ARGV[2] ~= '0' and epoch ~= ARGV[2]) then
  return 0
end
return redis.call('DEL', KEYS[1])
