// What the header says of sending: one of four phrases, why, and what needs a person. Nothing here reads or sends anything.
import type { Day, Desk, Sending, When } from "../../ipc/bindings";
import { say } from "../../words/say";

export type Headline = {
  phrase: Sending["phrase"];
  words: string;
  why: string;
  /** "Needs you (n)" beside a phrase that says something else; null when it has no place there. */
  needs: string | null;
};

/** `loud`: what needs a person stands out, as on Today and Sending; elsewhere it is a few words in the second line. */
export function headline({ sending, training, today }: Pick<Desk, "sending" | "training" | "today">, loud: boolean): Headline {
  const calm = withoutRefused(sending);
  const words = say(`sending-${calm.phrase}`, { count: calm.count, time: calm.at ? moment(calm.at, today) : "" });
  const why = training ? say("sending-training") : whyOf(sending, today);
  const { needs_you, waiting } = sending;
  if (needs_you === 0) return { phrase: calm.phrase, words, why, needs: null };
  const needs = say("sending-needs_you", { count: needs_you });
  if (loud) return waiting > 0 ? { phrase: calm.phrase, words, why, needs } : { phrase: "needs_you", words: needs, why, needs: null };
  const also = say("sending-also", { count: needs_you });
  return { phrase: calm.phrase, words, why: waiting > 0 ? `${why} · ${also}` : also, needs: null };
}

/** A time of today as it is, any other with its date. */
export function moment(when: When, today: Day): string {
  return when.date === today.short ? when.time : `${when.date} ${when.time}`;
}

/** Why nothing is sent at this moment, or that it is. */
export function whyOf({ reason, at, phrase, waiting, sent }: Sending, today: Day): string {
  if ((reason === "no_network" || reason === "server_busy") && at && phrase !== "sent") return say(`sending-reason-${reason}-since`, { since: moment(at, today) });
  if (reason) return say(`sending-reason-${reason}`);
  if (phrase !== "needs_you") return say("sending-reason-none");
  // What waits may wait behind a refused record, so that it is being sent is more than is known.
  if (sent) return say("sending-last", { time: moment(sent, today) });
  return waiting > 0 ? say("sending-none-yet") : say("sending-no-others");
}

/** The phrase as it would be if nothing had been refused. */
function withoutRefused({ phrase, count, at, waiting, sent }: Sending): Pick<Sending, "phrase" | "count" | "at"> {
  if (phrase !== "needs_you") return { phrase, count, at };
  if (waiting > 0) return { phrase: "waiting", count: waiting, at: null };
  return { phrase: sent ? "sent" : "saved_here", count: 0, at: sent };
}
