-- Registers the session of a door with a node, under an epoch that only grows.
-- KEYS: the door's registration. ARGV: the node; the epoch that the session has already, 0 if it is new; since when it is
-- connected, and how long the registration is kept, both in milliseconds.
-- Replies: whether it is registered; its epoch, or that of the newer one; the node that had the door, or has it.
local had, node = 0, ''
local held = redis.call('GET', KEYS[1])
if held then
  local number, name = string.match(held, '^(%d+) %d+ (%S+)')
  if number then
    had, node = tonumber(number), name
  end
end

local epoch = tonumber(ARGV[2])
if epoch == 0 then
  -- The clock keeps it growing where the registration before is gone.
  local now = redis.call('TIME')
  epoch = math.max(had + 1, now[1] * 1000000 + now[2])
elseif had > epoch then
  if node ~= ARGV[1] then
    return {0, had, node}
  end
  epoch = had -- An answer to this node was lost.
end

redis.call('SET', KEYS[1], string.format('%.0f', epoch) .. ' ' .. ARGV[3] .. ' ' .. ARGV[1], 'PX', ARGV[4])
return {1, epoch, node}
