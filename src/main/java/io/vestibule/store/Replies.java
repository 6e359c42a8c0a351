package io.vestibule.store;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the client's replies into ours. */
final class Replies {
  private Replies() {}

  static Reply of(@Nullable Response response) {
    if (response == null) {
      return new Reply.Absent();
    }
    if (response.type() == ResponseType.NUMBER) {
      return new Reply.Numeral(response.toLong());
    }
    if (response.type() != ResponseType.MULTI) {
      return new Reply.Text(response.toString());
    }
    List<Reply> items = new ArrayList<>(response.size());
    for (int index = 0; index < response.size(); index++) {
      items.add(of(response.get(index)));
    }
    return new Reply.Items(items);
  }
}
