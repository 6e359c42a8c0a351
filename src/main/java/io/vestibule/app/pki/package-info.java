/** Makes the certificates, keys and configuration that a trial on one machine needs. */
@NullMarked
package io.vestibule.app.pki;

import org.jspecify.annotations.NullMarked;
