-- For wrk: sends the requests of a file that the program `requests` wrote, one after the other. With several threads
-- each has a share of them. `wrk … -s requests.lua URL -- FILE THREADS`; behind the end it starts again, and a service
-- that knows replays refuses.

local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(arguments)
  file = assert(io.open(arguments[1], "rb"))
  length = assert(tonumber(file:read("*l")))
  start = file:seek()
  local count = math.floor((file:seek("end") - start) / length / tonumber(arguments[2]))
  first = start + id * count * length
  file:seek("set", first)
end

function request()
  local raw = file:read(length)
  if not raw or #raw < length then
    file:seek("set", first)
    raw = file:read(length)
  end
  return raw
end
