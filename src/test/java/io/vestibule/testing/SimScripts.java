package io.vestibule.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * Runs Lua as Redis does: {@code KEYS}, {@code ARGV}, {@code redis.call}, {@code redis.pcall} and
 * {@code cjson}.
 */
final class SimScripts {
  /** By their source; the same for all. */
  private static final Map<String, Prototype> COMPILED = new ConcurrentHashMap<>();

  private final SimRedis redis;
  private final Globals globals = JsePlatform.standardGlobals();
  private final Map<String, LuaValue> loaded = new HashMap<>();

  SimScripts(SimRedis redis) {
    this.redis = redis;
    globals.set("unpack", globals.get("table").get("unpack"));
    globals.get("string").set("format", function(SimScripts::format));
    LuaTable functions = table("call", function(this::call));
    functions.set("pcall", function(this::callCaught));
    globals.set("redis", functions);
    LuaTable cjson = table("decode", function(args -> decode(args.arg1())));
    cjson.set("encode", function(args -> LuaValue.valueOf(Json.write(encoded(args.arg1())))));
    globals.set("cjson", cjson);
  }

  Reply run(Script script, List<String> keys, List<String> args) {
    globals.set("KEYS", list(keys));
    globals.set("ARGV", list(args));
    try {
      LuaValue body =
          loaded.computeIfAbsent(
              script.source(), unknown -> new LuaClosure(compiled(script), globals));
      return reply(body.call());
    } catch (LuaError e) {
      throw e.getCause() instanceof SimRedis.Refused refused
          ? refused
          : new SimRedis.Refused("ERR " + script.name() + ": " + e.getMessage());
    }
  }

  private Prototype compiled(Script script) {
    return COMPILED.computeIfAbsent(
        script.source(),
        source -> {
          try {
            return globals.compilePrototype(new StringReader(source), script.name());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Varargs call(Varargs args) {
    List<String> texts = new ArrayList<>();
    for (int index = 2; index <= args.narg(); index++) {
      texts.add(argument(args.arg(index)));
    }
    try {
      return value(redis.run(args.arg1().checkjstring(), texts));
    } catch (SimRedis.Refused refused) {
      throw new LuaError(refused);
    }
  }

  private Varargs callCaught(Varargs args) {
    try {
      return call(args);
    } catch (LuaError e) {
      return table("err", string(String.valueOf(e.getCause().getMessage())));
    }
  }

  private static String argument(LuaValue value) {
    if (!value.isstring()) {
      throw new LuaError("Lua redis lib command arguments must be strings or integers");
    }
    return value.checkjstring();
  }

  /** As Redis tells a script in RESP 2: nil is false. */
  private static LuaValue value(Reply reply) {
    if (reply instanceof Reply.Text text) {
      return text.text().equals("OK") ? table("ok", string("OK")) : string(text.text());
    } else if (reply instanceof Reply.Numeral numeral) {
      return LuaValue.valueOf((double) numeral.number());
    } else if (reply instanceof Reply.Items items) {
      LuaTable table = new LuaTable();
      items.list().forEach(item -> table.set(table.length() + 1, value(item)));
      return table;
    }
    return LuaValue.FALSE;
  }

  /** As Redis answers what a script returns: a list ends at its first nil. */
  private static Reply reply(LuaValue value) {
    if (value.isnil() || (value.isboolean() && !value.toboolean())) {
      return new Reply.Absent();
    } else if (value.isboolean()) {
      return new Reply.Numeral(1);
    } else if (value.type() == LuaValue.TNUMBER) {
      return new Reply.Numeral(value.tolong());
    } else if (!value.istable()) {
      return new Reply.Text(value.checkjstring());
    }
    if (value.get("err").isstring()) {
      throw new SimRedis.Refused(value.get("err").checkjstring());
    }
    List<Reply> items = new ArrayList<>();
    for (int index = 1; !value.get(index).isnil(); index++) {
      items.add(reply(value.get(index)));
    }
    return new Reply.Items(items);
  }

  private static LuaValue decode(LuaValue text) {
    try {
      return value(Json.read(text.checkjstring().getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedJson e) {
      throw new LuaError(e.getMessage());
    }
  }

  private static LuaValue value(JsonNode json) {
    if (json.isNumber()) {
      return LuaValue.valueOf(json.doubleValue());
    } else if (json.isBoolean()) {
      return LuaValue.valueOf(json.booleanValue());
    } else if (json.isTextual()) {
      return string(json.textValue());
    } else if (json.isNull()) {
      return LuaValue.userdataOf(json);
    }
    LuaTable table = new LuaTable();
    json.properties().forEach(entry -> table.set(entry.getKey(), value(entry.getValue())));
    if (json.isArray()) {
      json.forEach(item -> table.set(table.length() + 1, value(item)));
    }
    return table;
  }

  private static JsonNode encoded(LuaValue value) {
    if (value.isboolean()) {
      return Json.object().booleanNode(value.toboolean());
    } else if (value.type() == LuaValue.TNUMBER) {
      return Json.object().numberNode(value.tolong());
    } else if (!value.istable()) {
      return Json.object().textNode(value.checkjstring());
    }
    ObjectNode object = Json.object();
    LuaTable table = value.checktable();
    for (LuaValue key : table.keys()) {
      object.set(key.checkjstring(), encoded(table.get(key)));
    }
    return object;
  }

  /** The interpreter's own does not honour a precision. */
  private static Varargs format(Varargs args) {
    Object[] values = new Object[args.narg() - 1];
    for (int index = 0; index < values.length; index++) {
      LuaValue value = args.arg(index + 2);
      values[index] =
          value.type() == LuaValue.TNUMBER ? (Object) value.todouble() : value.checkjstring();
    }
    return string(String.format(Locale.ROOT, args.arg1().checkjstring(), values));
  }

  private static LuaTable list(List<String> texts) {
    LuaTable table = new LuaTable();
    for (int index = 0; index < texts.size(); index++) {
      table.set(index + 1, string(texts.get(index)));
    }
    return table;
  }

  private static LuaTable table(String name, LuaValue value) {
    LuaTable table = new LuaTable();
    table.set(name, value);
    return table;
  }

  private static LuaString string(String text) {
    return LuaString.valueOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static VarArgFunction function(Function<Varargs, Varargs> body) {
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs args) {
        return body.apply(args);
      }
    };
  }
}
