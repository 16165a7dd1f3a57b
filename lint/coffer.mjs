/** House rules that no published linter has: each prevents a way to lose or misstate money. */
import path from 'node:path';

import { NUMBERS_ALLOWED } from './numbers-allowed.mjs';

const CONVERSIONS = new Set(['Number', 'parseFloat', 'parseInt']);

/** An amount is a bigint, or digits on its way: whatever would make a float of either is an error. */
const exactAmounts = {
  create(context) {
    const file = path.relative(process.cwd(), context.filename).replaceAll(path.sep, '/');
    if (file in NUMBERS_ALLOWED) return {};
    const refuse = (node, what) =>
      context.report({
        node,
        message: `${what} makes a float of an amount: use numberOf() for a count, exactNumber() for a wire without bigint, or name the file in lint/numbers-allowed.mjs.`,
      });
    const isNumbers = ({ object, property }) => object.name === 'Number' && CONVERSIONS.has(property.name);
    return {
      CallExpression({ callee, arguments: given }) {
        if (CONVERSIONS.has(callee.name)) refuse(callee, `${callee.name}()`);
        if (callee.type === 'MemberExpression' && isNumbers(callee)) refuse(callee, 'Number.parse…()');
        for (const one of given) {
          if (CONVERSIONS.has(one.name)) refuse(one, one.name);
          if (callee.name === 'BigInt' && one.callee?.object?.name === 'Math') refuse(one, 'BigInt(Math.…)');
        }
      },
      NewExpression({ callee }) {
        if (callee.name === 'Number') refuse(callee, 'new Number()');
      },
      UnaryExpression(node) {
        if (node.operator === '+') refuse(node, 'Unary plus');
      },
    };
  },
};

/** `lib/domain` is plain values and `now`: a clock or chance there is an error. */
const pureDomain = {
  create(context) {
    const refuse = (node, what) =>
      context.report({ node, message: `${what} has no place in lib/domain: pass plain values and \`now\`.` });
    return {
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
  rules: {
    'exact-amounts': exactAmounts,
    'pure-domain': pureDomain,
    'no-stripe-in-transaction': noStripeInTransaction,
  },
};
