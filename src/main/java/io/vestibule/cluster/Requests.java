package io.vestibule.cluster;

/** What other nodes ask of this one, on the cluster's loop. */
public interface Requests {
  void asked(Ask ask);

  void recalled(Recall recall);
}
