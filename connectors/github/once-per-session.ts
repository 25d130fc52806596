/** What several surfaces need is asked once for each session. A refusal is remembered too: it would be the same. */
export function oncePerSession<Session extends object, Answer>(
  ask: (session: Session, signal: AbortSignal) => Promise<Answer>,
): (session: Session, signal: AbortSignal) => Promise<Answer> {
  const answers = new WeakMap<Session, Promise<Answer>>();
  return (session, signal) => {
    const answer = answers.get(session) ?? ask(session, signal);
    answers.set(session, answer);
    return answer;
  };
}
