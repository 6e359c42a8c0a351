package io.vestibule.concurrent;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** Safe on any thread: immutable, or around one concurrent structure. */
@Documented
@Target(ElementType.TYPE)
public @interface AnyThread {}
