package io.vestibule.signing;

import io.vestibule.json.MalformedJson;
import io.vestibule.json.ObjectReader;

/** Takes a payload's members as they come by. */
@FunctionalInterface
public interface PayloadReader {
  /** Called at each member; what is not looked at is checked for its form all the same. */
  void member(ObjectReader payload) throws MalformedJson;
}
