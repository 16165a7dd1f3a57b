import { escapeIdentifier } from 'pg';
import type { TestProject } from 'vitest/node';

import { migrate } from '@/bin/migrate';
import { loginUrl, withClient } from '@/bin/support/postgres';
import { freshSecrets } from '@/bin/support/secrets';

import { inDatabase } from './database-url';
import { testCluster } from './test-cluster';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: {
      /** Superuser's address of the cluster. */
      ownerUrl: string;
      login: { name: string; password: string };
      /** The migrated database that each test's own is cloned from. */
      template: string;
    };
  }
}

/** One throw-away PostgreSQL with one migrated template for all files of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['COFFER_TEST_POSTGRES'];
  const cluster =
    given === undefined ? await sharedCluster() : { ownerUrl: given, stop: async () => undefined };
  const secrets = freshSecrets();
  const run = secrets.databaseLogin.slice(0, 8);
  const login = { name: `coffer_test_${run}`, password: secrets.databaseLogin };
  const template = `coffer_template_${run}`;
  const ownerUrl = inDatabase(cluster.ownerUrl, template);
  try {
    await withClient(cluster.ownerUrl, (client) =>
      client.query(`CREATE DATABASE ${escapeIdentifier(template)}`),
    );
    await migrate({ ownerUrl, appUrl: loginUrl(ownerUrl, login) });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  project.provide('postgres', { ownerUrl: cluster.ownerUrl, login, template });
  return async () => {
    if (given !== undefined) await forget(cluster.ownerUrl, { template, login: login.name });
    await cluster.stop();
  };
}

async function sharedCluster() {
  const { url, stop } = await testCluster({
    name: 'database-tests',
    durable: false,
    onDeath: ({ message }) => process.stderr.write(`The tests' PostgreSQL is gone: ${message}\n`),
  });
  return { ownerUrl: url('postgres'), stop };
}

async function forget(serverUrl: string, made: { template: string; login: string }): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(made.template)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(made.login)}`);
  });
}
