-- Writes a door: created, replaced, secret_changed (replaced too), foreign or conflict (it stands in another building).
-- ARGV: manager, building, entry without a secret, hash of the secret ('' to keep what there is).
local known = redis.call('GET', KEYS[1])
local entry = known and cjson.decode(known)
if entry and entry['deleted'] then
  entry = nil
end
if entry and entry['manager'] ~= ARGV[1] then
  return 'foreign'
end
if entry and entry['building'] ~= ARGV[2] then
  return 'conflict'
end
local secret = ARGV[4]
if secret == '' and entry and entry['secret'] then
  secret = entry['secret']
end
local written = ARGV[3]
if secret ~= '' then
  written = string.sub(written, 1, -2) .. ',"secret":' .. cjson.encode(secret) .. '}'
end
redis.call('SET', KEYS[1], written)
if not entry then
  return 'created'
end
return secret == (entry['secret'] or '') and 'replaced' or 'secret_changed'
