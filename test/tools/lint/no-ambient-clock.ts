import type { Rule } from './rule.ts';

const message = 'Time is handed in: a run must be repeatable at any moment. Take `now` from the host or the context.';

/** `Date.now()`, `new Date()`, `Date()` and `performance.now()` read a clock that nobody handed in. */
export const noAmbientClock: Rule = {
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
        context.report({ node, message });
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === 'Identifier' && callee.name === 'Date') context.report({ node, message });
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.property.type !== 'Identifier') return;
      if (callee.property.name === 'now' && ['Date', 'performance'].includes(callee.object.name)) context.report({ node, message });
    },
  }),
};
