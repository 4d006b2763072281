// The patient's window on a fake back end that takes answers as the application does, for tests of its pages.
import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { aConcern, aPatientFront, at } from "../ipc/examples";
import { fakeApplication } from "../ipc/fake";
import type { Answer, ConcernKey, PatientAnswer, PatientAnswers, PatientFront } from "../ipc/bindings";
import type { PatientPageName } from "./page";
import PatientApp from "./PatientApp.svelte";

type Fake = ReturnType<typeof fakeApplication>;

/** Opens the window; `more` replaces answers of the application. */
export async function opened(front: PatientFront = aPatientFront(), more: Parameters<typeof fakeApplication>[0] = {}): Promise<Fake> {
  let answers = front.answers;
  delete document.documentElement.dataset["textSize"];
  const app = fakeApplication({
    patient_front: () => ({ ...front, answers }),
    patient_answer: (answer) => (answers = after(answers, answer, front)),
    ...more,
  });
  render(PatientApp);
  await at_("patient_welcome");
  return app;
}

export const at_ = (name: PatientPageName | "patient_over"): Promise<HTMLElement> =>
  waitFor(() => {
    const main = document.querySelector<HTMLElement>(`main[data-screen="${name}"]`);
    if (!main) throw new Error(`not at ${name}`);
    return main;
  });

export const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole("button", { name }));

/** Goes on page by page until this one stands. */
export async function onTo(name: PatientPageName): Promise<HTMLElement> {
  for (let page = 0; page < 20 && !document.querySelector(`main[data-screen="${name}"]`); page += 1) {
    const before = document.querySelector("h1")?.textContent;
    await userEvent.click(document.querySelector("#continue") ?? document.body);
    await waitFor(() => {
      if (document.querySelector("h1")?.textContent === before) throw new Error(`still at ${before}`);
    });
  }
  return at_(name);
}

/** What was answered, in order. */
export const given = (app: Fake): PatientAnswer[] => app.asked.filter((asked) => asked.command === "patient_answer").map((asked) => asked.request as PatientAnswer);

function after(before: PatientAnswers, answer: PatientAnswer, { checklist }: PatientFront): PatientAnswers {
  const view = structuredClone(before);
  const answerOf = (key: ConcernKey, wanted: Answer): PatientAnswers["concerns"] => view.concerns.map((one) => (one.key === key ? { ...one, answer: wanted } : one));
  view.saved = at("10:12");
  switch (answer.kind) {
    case "tick_concern": {
      const text = checklist.domains.flatMap((domain) => domain.items).find((item) => item.key === answer.concern)?.text ?? "";
      view.concerns.push(aConcern(answer.concern, text));
      break;
    }
    case "untick_concern":
      view.concerns = view.concerns.filter((one) => one.key !== answer.concern);
      break;
    case "add_own_concern":
      view.concerns.push(aConcern(`own-${view.concerns.length + 1}`, answer.words, undefined, { own: true, domain: null }));
      break;
    case "rate_concern":
      view.concerns = answerOf(answer.concern, { kind: "rated", rating: answer.rating });
      break;
    case "decline_concern":
      view.concerns = answerOf(answer.concern, { kind: "declined" });
      break;
    case "talk_privately":
      view.concerns = view.concerns.map((one) => (one.key === answer.concern ? { ...one, private: answer.wanted } : one));
      break;
    case "decline_domain":
      view.declined_domains = answer.declined ? [...view.declined_domains, answer.domain] : view.declined_domains.filter((one) => one !== answer.domain);
      break;
    case "rank_concerns":
      view.ranked = answer.order;
      break;
    case "want_information":
      view.information = answer.wanted ? [...view.information, answer.topic] : view.information.filter((one) => one !== answer.topic);
      break;
    case "write_questions":
      view.questions = answer.words;
      break;
  }
  return view;
}
