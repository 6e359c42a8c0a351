package io.vestibule.directory;

import io.vestibule.access.Premises;
import java.util.Optional;

/** What a decision stands on; empty where the directory knows no such courier or door. */
public record Facts(Optional<CourierEntry> courier, Optional<Premises> premises) {}
