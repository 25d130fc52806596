/** Asks once for each key; several askers get the same answer, also when that is a refusal. */
export function remembered<Key, Value>(ask: (key: Key) => Value): (key: Key) => Value {
  const asked = new Map<Key, { readonly answer: Value }>();
  return (key) => {
    const before = asked.get(key);
    if (before) return before.answer;
    const answer = ask(key);
    asked.set(key, { answer });
    return answer;
  };
}
