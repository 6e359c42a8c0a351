import { LRUCache } from 'lru-cache';
import { compileBuilding } from './policy.js';

/**
 * Buildings, doors and couriers, each at most so old: most teams keep such a cache in the process or
 * none at all. Absent ones are asked for again each time.
 */
export class Directory {
  #buildings;
  #doors;
  #couriers;

  constructor(store, { entriesMax, ttlMs }) {
    const cache = (kind, compile) =>
      new LRUCache({
        max: entriesMax,
        ttl: ttlMs,
        fetchMethod: async (id) => {
          const entry = await store.entry(kind, id);
          return entry && compile(entry);
        },
      });
    this.#buildings = cache('building', compileBuilding);
    this.#doors = cache('door', (door) => door);
    this.#couriers = cache('courier', (courier) => courier);
  }

  courier(id) {
    return this.#couriers.fetch(id);
  }

  /** A door with its building; undefined where either is unknown. */
  async place(id) {
    const door = await this.#doors.fetch(id);
    const building = door && (await this.#buildings.fetch(door.building));
    return building && { door, building };
  }
}
