-- What wrk sends: a board of ten friends whose scores nobody has seen, at a rate that is spread over the connections; and
-- what it tells of the answers, by status.
local count, threads = 0, {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  -- Milliseconds between a connection's answer and its next request, and what is asked for: a board, or a small picture.
  pause = tonumber(arguments[1] or "0")
  small = arguments[2] == "small"
  drawn, shed, other = 0, 0, 0
  math.randomseed(number * 7919 + os.time())
end

function delay()
  -- Around the mean, so that connections do not come in step.
  return pause == 0 and 0 or math.floor(pause * (0.5 + math.random()))
end

function request()
  count = count + 1
  local rows = {}
  for row = 1, small and 1 or 10 do
    rows[row] = string.format('{"openid":"o%d","nickname":"Friend %d","score":%d}', row, row, math.random(1, 1e9))
  end
  local size = small and '"width":48,"height":24' or '"width":360,"height":480'
  local body = "{" .. size .. ',"data":[' .. table.concat(rows, ",") .. "]}"
  return wrk.format("POST", "/v1/boards/leaderboard.png", { ["Content-Type"] = "application/json" }, body)
end

function response(status)
  if status == 200 then
    drawn = drawn + 1
  elseif status == 503 then
    shed = shed + 1
  else
    other = other + 1
  end
end

function done(summary)
  local totals = { drawn = 0, shed = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(totals) do
      totals[name] = totals[name] + thread:get(name)
    end
  end
  local seconds = summary.duration / 1e6
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("RESULT %.1f %.1f %d %d %d", totals.drawn / seconds, totals.shed / seconds, totals.other, errors,
    totals.drawn + totals.shed + totals.other))
end
