import { type Delivery, startPacedServer } from "../../support/paced-server.ts";
import type { ScheduledPacket } from "../../support/packet-schedule.ts";
import { defectiveClip, type PlantedDefect, plantedDefects } from "../defects.ts";
import { type SeenEvent, startWatch } from "../measure/watch-run.ts";
import type { Part } from "../part.ts";
import type { LatencyRow } from "../results.ts";

/** A finding that begins so near a planted onset is that defect's. */
const nearSeconds = 0.5;

/** Time from a defect's onset to its finding, on a live stream. */
export const latency: Part<readonly LatencyRow[]> = {
  about:
    "From the moment at which a defect had lasted as long as its definition asks (the bytes of its onset were sent, plus the least duration) to the `finding.opened` event.",
  async measure({ sources }) {
    const server = await startPacedServer({ "/live.ts": await defectiveClip(sources) });
    const watch = startWatch([`${server.url}/live.ts`]);
    await watch.ended;
    await server.close();
    const [delivery] = server.deliveries;
    if (!delivery) throw new Error("nobody fetched the live stream");
    return plantedDefects.map((defect) => judge(defect, delivery, server.packets("/live.ts"), watch.events));
  },
  tables: (rows) => [
    {
      headings: ["defect", "onset s", "least duration s", "delay s"],
      rows: rows.map(({ kind, onsetSeconds, leastSeconds, delaySeconds }) => [
        kind,
        onsetSeconds.toFixed(0),
        leastSeconds.toFixed(0),
        delaySeconds?.toFixed(2) ?? "not found",
      ]),
    },
  ],
};

function judge(
  defect: PlantedDefect,
  delivery: Delivery,
  packets: readonly ScheduledPacket[],
  events: readonly SeenEvent[],
): LatencyRow {
  const { kind, media, onsetSeconds, leastSeconds } = defect;
  // Sound begins a little before the pictures: an encoder's priming.
  const firstPictureSeconds = Math.min(...packets.filter((each) => each.kind === "picture").map(timeOf));
  const onset = firstPictureSeconds + onsetSeconds;
  const holding = packets
    .filter((each) => each.kind === media && each.timeSeconds < onset + 0.001)
    .reduce((latest, each) => (each.timeSeconds > latest.timeSeconds ? each : latest));
  const sentAtMs = delivery.sentAtMs(holding);
  const opened = events.find(
    ({ event }) =>
      event["detail-type"] === "finding.opened" &&
      event.detail.data.kind === kind &&
      Math.abs(event.detail.data.startSeconds - onset) < nearSeconds,
  );
  if (sentAtMs === undefined || !opened) return { kind, onsetSeconds, leastSeconds, delaySeconds: null };
  const earliestMs = sentAtMs + (onset - holding.timeSeconds + leastSeconds) * 1000;
  return { kind, onsetSeconds, leastSeconds, delaySeconds: (opened.seenAtMs - earliestMs) / 1000 };
}

function timeOf({ timeSeconds }: ScheduledPacket): number {
  return timeSeconds;
}
