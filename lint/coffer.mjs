/** House rules that no published linter has: each prevents a way to lose or misstate money. */

const AMOUNT_BREAKERS = new Set(['Number', 'parseFloat', 'parseInt']);

/** `lib/domain` is plain values and `now`: a clock, chance or float conversion there is an error. */
const pureDomain = {
  create(context) {
    const refuse = (node, what) =>
      context.report({ node, message: `${what} has no place in lib/domain: pass plain values and \`now\`.` });
    return {
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && AMOUNT_BREAKERS.has(node.callee.name)) {
          refuse(node, `${node.callee.name}()`);
        }
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) refuse(node, 'new Date()');
      },
      MemberExpression(node) {
        const [object, property] = [node.object.name, node.property.name];
        if (object === 'Date' && property === 'now') refuse(node, 'Date.now');
        if (object === 'Math' && property === 'random') refuse(node, 'Math.random');
      },
      Identifier(node) {
        if (node.name === 'process' && node.parent?.type === 'MemberExpression') refuse(node, 'process');
      },
    };
  },
};

/** Money taken while the row that remembers it rolls back: a Stripe call inside `inTransaction(…)`. */
const noStripeInTransaction = {
  create(context) {
    const stripeNames = new Set();
    let depth = 0;
    const opensTransaction = (node) =>
      node.callee.type === 'Identifier' && node.callee.name === 'inTransaction';
    return {
      ImportDeclaration(node) {
        if (!/^@\/lib\/stripe\/|^\.\.\/stripe\//.test(node.source.value)) return;
        for (const { local } of node.specifiers) stripeNames.add(local.name);
      },
      CallExpression(node) {
        if (opensTransaction(node)) depth += 1;
        const root = node.callee.type === 'MemberExpression' ? node.callee.object : node.callee;
        if (depth > 0 && root.type === 'Identifier' && stripeNames.has(root.name)) {
          context.report({
            node,
            message: 'Stripe is never called inside a transaction: intent row first, call second.',
          });
        }
      },
      'CallExpression:exit'(node) {
        if (opensTransaction(node)) depth -= 1;
      },
    };
  },
};

export default {
  meta: { name: 'coffer' },
  rules: { 'pure-domain': pureDomain, 'no-stripe-in-transaction': noStripeInTransaction },
};
