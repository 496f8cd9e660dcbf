/** The units of work that a worker has taken on, of those it can carry. */
export interface Budget {
  readonly capacityUnits: number;
  readonly claimedUnits: number;
  /** Takes work on, or learns what it costs. */
  claim(id: string, units: number): void;
  release(id: string): void;
  hasRoom(): boolean;
  /** Resolves when there is room for more. */
  room(): Promise<void>;
}

/** A worker with nothing to do takes on whatever comes, however large. */
export function openBudget(capacityUnits: number): Budget {
  const claims = new Map<string, number>();
  let waiting: (() => void)[] = [];

  const claimedUnits = () => [...claims.values()].reduce((sum, units) => sum + units, 0);
  const hasRoom = () => claims.size === 0 || claimedUnits() < capacityUnits;

  return {
    capacityUnits,
    get claimedUnits() {
      return claimedUnits();
    },
    claim: (id, units) => void claims.set(id, units),
    release(id) {
      claims.delete(id);
      if (!hasRoom()) return;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    hasRoom,
    async room() {
      while (!hasRoom()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
