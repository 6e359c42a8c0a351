package io.vestibule.app;

import io.vestibule.app.pki.PkiFiles;
import java.net.URI;

/**
 * Which doors to simulate, against which gateway.
 *
 * @param url with scheme {@code mqtts}, a host and a port
 * @param jwks a file or an http(s) URL with the gateway's command-signing keys
 */
record DoorsOptions(URI url, PkiFiles pki, String jwks, int count) {}
