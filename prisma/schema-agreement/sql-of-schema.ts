import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { PrismaPg } from '@prisma/adapter-pg';
import { bindSqlAdapterFactory } from '@prisma/driver-adapter-utils';

type Diff = (params: object) => Promise<{ stdout: string | null }>;
type Bindings = {
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<{ diff: Diff }> };
};

const require = createRequire(import.meta.url);

/** The SQL that Prisma itself would write for schema.prisma, made without its native engine. */
export async function sqlOfSchema(schemaPath: string, databaseUrl: string): Promise<string> {
  const engine = await (
    await bindings()
  ).SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl })),
  );
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: {
      tag: 'schemaDatamodel',
      files: [{ path: schemaPath, content: await readFile(schemaPath, 'utf8') }],
    },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

/** Node 20 cannot import a .wasm file, so the module is instantiated by hand. */
async function bindings(): Promise<Bindings> {
  const bindingsPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const loaded = (await import(bindingsPath)) as Bindings;
  const bytes = await readFile(bindingsPath.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': loaded as unknown as WebAssembly.ModuleImports,
  });
  loaded.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return loaded;
}
