package io.vestibule.simulation;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import io.vestibule.command.Doors;
import io.vestibule.command.Presence;
import io.vestibule.command.UnlockCommand;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import io.vestibule.store.Script;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Mistakes that the simulation must find, each with what it then says. */
enum Broken implements Variant {
  COMMANDS_BEFORE_ITS_CLAIM_IS_MADE("commanded without a claim") {
    @Override
    public Claims claims(Claims real, World world) {
      return new WatchedClaims(real, claim -> {}) {
        @Override
        public Future<ClaimResult> claim(Claim claim) {
          super.claim(claim).onComplete(ignored -> {});
          return Future.succeededFuture(new ClaimResult.Claimed());
        }
      };
    }
  },
  GIVES_BACK_ON_SILENCE("opened, recorded as refused") {
    @Override
    public Claims claims(Claims real, World world) {
      return new WatchedClaims(real, claim -> {}) {
        @Override
        public Future<Outcome> close(Attempt attempt, Outcome outcome) {
          boolean silent = outcome instanceof Outcome.Unknown;
          return super.close(
              attempt, silent ? new Outcome.Refused(Reason.DOOR_TIMED_OUT, outcome.at()) : outcome);
        }
      };
    }
  },
  CLAIMS_A_RETRY_ANEW("opened twice for one jti") {
    private int count;

    @Override
    public Claims claims(Claims real, World world) {
      return new WatchedClaims(real, claim -> {}) {
        @Override
        public UnlockId unlockId(BuildingId building, CourierId courier, String jti) {
          return super.unlockId(building, courier, jti + "-" + count++);
        }
      };
    }
  },
  ANSWERS_BEFORE_IT_IS_ON_RECORD("answered opened, then ") {
    @Override
    public Claims claims(Claims real, World world) {
      return new WatchedClaims(real, claim -> {}) {
        @Override
        public Future<Outcome> close(Attempt attempt, Outcome outcome) {
          super.close(attempt, outcome).onComplete(ignored -> {});
          return Future.succeededFuture(outcome);
        }
      };
    }
  },
  FAILS_TO_CLOSE_WHAT_OPENED("a bug") {
    private int count;

    @Override
    public Claims claims(Claims real, World world) {
      return new WatchedClaims(real, claim -> {}) {
        @Override
        public Future<Outcome> close(Attempt attempt, Outcome outcome) {
          return outcome instanceof Outcome.Opened && ++count % 3 == 0
              ? Future.failedFuture(new IllegalStateException("no third opening"))
              : super.close(attempt, outcome);
        }
      };
    }
  },
  FORGETS_A_CLAIM_WHOSE_REPLY_WAS_LOST("never commanded, and not known to be refused") {
    @Override
    public Claims claims(Claims real, World world) {
      return new WatchedClaims(real, claim -> {}) {
        @Override
        public Future<Outcome> close(Attempt attempt, Outcome outcome) {
          return outcome.why().equals(Optional.of(Reason.STORE_UNAVAILABLE))
              ? Future.succeededFuture(outcome)
              : super.close(attempt, outcome);
        }
      };
    }
  },
  SENDS_AGAIN_AFTER_SILENCE("commanded again") {
    @Override
    public Doors doors(Doors real) {
      return new Insistent(real);
    }
  },
  SWEEPS_TOO_EARLY("given up too early") {
    @Override
    public Time sweepsBy(Time real) {
      return new Time() {
        @Override
        public Instant now() {
          return real.now().plus(Duration.ofSeconds(20));
        }

        @Override
        public long nanoTime() {
          return real.nanoTime();
        }
      };
    }
  },
  IS_DEAF_TO_LOCKDOWNS("commanded in a lockdown", 47) {
    @Override
    public boolean hearsOfLockdowns() {
      return false;
    }
  },
  LETS_THE_SECOND_OUTCOME_STAND("closed twice") {
    @Override
    public Script script(Script real) {
      return changed(
          real, "close", "if attempt[1] and attempt[1] ~= 'pending' then", "if false then");
    }
  },
  REFUSES_WHAT_ANOTHER_CLAIMED(" refused", 134) {
    @Override
    public Script script(Script real) {
      return changed(
          real,
          "close",
          "if attempt[1] and state == 'refused' and attempt[5] and attempt[5] ~= claimant then",
          "if false then");
    }
  },
  GIVES_BACK_WHAT_ANOTHER_ATTEMPT_OPENED(" uses of at least ") {
    @Override
    public Script script(Script real) {
      return changed(
          real, "close", "elseif not grant.opened_at and in_flight == 0 then", "elseif true then");
    }
  },
  COUNTS_NO_VISIT(" uses of at least ") {
    @Override
    public Script script(Script real) {
      return changed(real, "claim", "'used', used + 1,", "'used', used,");
    }
  },
  COUNTS_A_VISIT_TWICE("uses of ") {
    @Override
    public Script script(Script real) {
      return changed(real, "claim", "'used', used + 1,", "'used', used + 2,");
    }
  },
  FORGETS_WHAT_IS_PENDING("granted and never closed", 90) {
    @Override
    public Script script(Script real) {
      return changed(real, "claim", "redis.call('ZADD', pending_key, deadline, pending)", "");
    }
  },
  TAKES_A_REPLAY_FOR_A_RETRY("answered with the outcome of other bytes") {
    @Override
    public Script script(Script real) {
      return changed(
          real, "claim", "if recorded_hash == request_hash then", "if recorded_hash then");
    }
  },
  HONOURS_A_REVOKED_GRANT("granted under a grant that has ended") {
    @Override
    public Script script(Script real) {
      return changed(real, "claim", "if values[5] then", "if false then");
    }
  },
  CLAIMS_IN_A_LOCKDOWN("granted in a lockdown") {
    @Override
    public Script script(Script real) {
      return changed(real, "claim", "if not ends or ends > now then", "if false then");
    }
  },
  RECORDS_NO_CLAIM("commanded without a claim") {
    @Override
    public Script script(Script real) {
      return changed(real, "claim", "redis.pcall('XADD', audit_key, '*', 'record', record)", "0");
    }
  };

  private final String found;
  private final long likelySeed;

  Broken(String found) {
    this(found, 0);
  }

  /** For one that few seeds find. */
  Broken(String found, long likelySeed) {
    this.found = found;
    this.likelySeed = likelySeed;
  }

  /** Where to begin; if it no longer finds it, the test takes longer and shows the same. */
  long likelySeed() {
    return likelySeed;
  }

  /** A part of what the simulation says once it has found this. */
  String found() {
    return found;
  }

  /** A script that no longer has the line is no longer broken here: that is told. */
  private static Script changed(Script real, String name, String line, String instead) {
    if (!real.name().equals(name)) {
      return real;
    }
    if (!real.source().contains(line)) {
      throw new IllegalStateException(name + " has no line " + line);
    }
    return new Script(name, real.source().replace(line, instead), real.sha1());
  }

  /** Sends a command again when nothing came of it. */
  private record Insistent(Doors real) implements Doors {
    @Override
    public Future<Boolean> online(DoorId door) {
      return real.online(door);
    }

    @Override
    public Future<Presence> presence(DoorId door) {
      return real.presence(door);
    }

    @Override
    public Future<CommandResult> send(UnlockCommand command) {
      return real.send(command)
          .compose(
              result ->
                  result instanceof CommandResult.Unknown
                      ? real.send(command)
                      : Future.succeededFuture(result));
    }

    @Override
    public void disconnect(DoorId door) {
      real.disconnect(door);
    }
  }
}
