import type { Session } from './session.ts';

/** What several surfaces need is asked once for each session. A refusal is remembered too: it would be the same. */
export function oncePerSession<Answer>(ask: (session: Session) => Answer): (session: Session) => Answer {
  const answers = new WeakMap<Session, Answer>();
  return (session) => {
    const answer = answers.has(session) ? (answers.get(session) as Answer) : ask(session);
    answers.set(session, answer);
    return answer;
  };
}
