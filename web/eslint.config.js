import { readdirSync } from 'node:fs'

import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import importX from 'eslint-plugin-import-x'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** app > features/<x> > components, lib. No feature knows another; the lower layers know nothing above them. */
function boundaries() {
  const features = readdirSync(new URL('./src/features', import.meta.url))
  const strangers = features.map((name) => ({
    target: `./src/features/${name}`,
    from: './src/features',
    except: [`./${name}`],
    message: 'A feature never imports another feature: move what is shared to components or lib.',
  }))
  return [
    ...strangers,
    { target: './src/features', from: './src/app', message: 'Features do not know the app around them.' },
    {
      target: './src/components',
      from: ['./src/app', './src/features'],
      message: 'Components serve all features.',
    },
    {
      target: './src/lib',
      from: ['./src/app', './src/features', './src/components'],
      message: 'lib stands below everything.',
    },
  ]
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/lib/api/schema.gen.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    ...jsxA11y.flatConfigs.strict,
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { zones: boundaries() }],
      'import-x/no-cycle': ['error', { maxDepth: 4 }],
      'import-x/order': [
        'error',
        {
          'newlines-between': 'always',
          alphabetize: { order: 'asc', caseInsensitive: true },
          groups: ['builtin', 'external', 'internal', ['parent', 'sibling', 'index']],
          pathGroups: [{ pattern: '@{,messages}/**', group: 'internal' }],
          pathGroupsExcludedImportTypes: ['builtin'],
        },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  { files: ['public/**'], languageOptions: { globals: globals.browser } },
  { files: ['scripts/**', '*.config.*'], languageOptions: { globals: globals.node } },
)
