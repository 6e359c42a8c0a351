/** Speaks HTTP to backends and apps: routes, authentication, problem bodies. */
@NullMarked
package io.vestibule.http;

import org.jspecify.annotations.NullMarked;
