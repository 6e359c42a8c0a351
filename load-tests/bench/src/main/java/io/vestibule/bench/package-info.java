/** Benchmarks of what is inside the gateway, each answering one written question. */
package io.vestibule.bench;
