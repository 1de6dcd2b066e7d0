--[[ darktable: an export target "ZSSR Studio" that enlarges each exported picture by itself and imports the result.

Each picture is enlarged by training a small network on that picture alone; no outside pictures are used. The result lies
beside the source as NAME_zssr2x.tif. The program zssr-studio must be installed; its path is in the Lua options.
]]

local dt = require("darktable")

local MODULE = "zssr_studio"
local SCALES = { "2", "3", "4", "1.5" }
local PRESETS = { "fast", "best" }

dt.preferences.register(MODULE, "program", "file", "ZSSR Studio: the program",
  "Where zssr-studio is; empty means that it is found by its name", "")

local scale = dt.new_widget("combobox") { label = "scale", tooltip = "vertical and horizontal", table.unpack(SCALES) }
local preset = dt.new_widget("combobox") { label = "preset", tooltip = "how long it trains", table.unpack(PRESETS) }

-- A word of a command line, whatever is in it.
local function quoted(word)
  if dt.configuration.running_os == "windows" then
    return '"' .. word:gsub('"', '') .. '"'
  end
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

local function program()
  local path = dt.preferences.read(MODULE, "program", "file")
  return (path == nil or path == "") and "zssr-studio" or path
end

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

-- A name beside the source that is free, since no file is ever replaced.
local function target_of(image)
  local stem = image.filename:gsub("%.[^.]*$", "")
  local begin = image.path .. "/" .. stem .. "_zssr" .. scale.value .. "x"
  local target, number = begin .. ".tif", 1
  while exists(target) do
    number = number + 1
    target = begin .. "_" .. number .. ".tif"
  end
  return target
end

local function store(_, image, _, filename, number, total, _, extra)
  local target = target_of(image)
  dt.print(string.format("ZSSR Studio: %s, %d of %d", image.filename, number, total))
  local words = { program(), "upscale", filename, "-o", target, "--scale", scale.value, "--preset", preset.value }
  for at, word in ipairs(words) do words[at] = quoted(word) end
  local code = dt.control.execute(table.concat(words, " "))
  os.remove(filename)
  if code == 0 then
    table.insert(extra, target)
  else
    dt.print_error(string.format("zssr-studio ended with code %s on %s", tostring(code), image.filename))
    dt.print("ZSSR Studio could not enlarge " .. image.filename .. "; start darktable in a terminal to see why")
  end
end

local function finalize(_, _, extra)
  for _, target in ipairs(extra) do dt.database.import(target) end
  dt.print(string.format("ZSSR Studio: %d enlarged", #extra))
end

-- What ZSSR Studio reads, of what darktable writes.
local function supported(_, format)
  local read = { tiff = true, png = true, jpeg = true, webp = true, avif = true, jpegxl = true }
  return read[format.plugin_name] == true
end

dt.register_storage(MODULE, "ZSSR Studio (enlarge)", store, finalize, supported, nil,
  dt.new_widget("box") { orientation = "vertical", scale, preset })
