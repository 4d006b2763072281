// Words and the blank form that the screens of an appointment share.
import type { AppointmentForm, AppointmentLine, Channel } from "../../ipc/bindings";
import { say } from "../../words/say";

export const channels: readonly Channel[] = ["face_to_face", "telephone", "video"];

export const blankForm = (): AppointmentForm => ({ on: "", time: "", channel: null, place: "", with_whom: "" });

/** When it is, as staff read it; in words where the day is not known yet. */
export function whenWords({ on, time }: AppointmentLine): string {
  return on ? say("appointment-when", { date: on.short, time: time ?? "" }).trim() : say("appointment-when-open");
}

/** How, with whom and where. */
export function howWords({ channel, with_whom, place }: AppointmentLine): string {
  return say(place ? "appointment-with-place" : "appointment-with", { channel: say(`channel-${channel}`), who: with_whom, place });
}

/** The noun phrase of each field on the form of an appointment. */
export function fieldName(id: string): string {
  switch (id) {
    case "on":
      return say("what-appointment-on");
    case "time":
      return say("what-appointment-time");
    case "channel":
      return say("what-appointment-channel");
    case "known":
      return say("what-appointment-known");
    case "place":
      return say("what-appointment-place");
    case "with_whom":
      return say("what-appointment-with_whom");
    default:
      return say("what-appointment-kept");
  }
}
