package io.vestibule.concurrent;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * Owned by one event loop, at whose edge it is checked that it runs there; no field needs a lock.
 */
@Documented
@Target(ElementType.TYPE)
public @interface LoopConfined {}
