import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

const tauri = { regex: "^@tauri-apps/", message: "Only ui/src/ipc speaks to the application." };
const fake = { regex: "/(fake|[a-z_]*examples)$", message: "The fake is for tests only." };
const otherFeature = { regex: "^\\.\\./(?!\\.\\./)", message: "A feature never imports another feature: compose them in views." };
const features = { regex: "(^|/)features(/|$)", message: "design <- features <- views" };
const views = { regex: "(^|/)views(/|$)", message: "design <- features <- views" };

const only = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

export default ts.config(
  { ignores: ["dist", "node_modules", "src/ipc/bindings.ts", "src/words/keys.ts"] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"] } },
  },
  {
    rules: {
      "svelte/no-at-html-tags": "error",
      "svelte/no-inline-styles": ["error", { allowTransitions: false }],
      "svelte/require-each-key": "error",
      "no-restricted-properties": ["error", { object: "window", property: "__TAURI_INTERNALS__", message: "Only ui/src/ipc speaks to the application." }],
      "no-restricted-globals": ["error", { name: "fetch", message: "The window has no network." }],
    },
  },
  { files: ["src/**"], ignores: ["src/ipc/**", "src/**/*.test.ts", "src/views/screen_examples.ts", "src/**/*.test-kit.ts"], rules: only(tauri, fake) },
  { files: ["src/design/**", "src/words/**"], ignores: ["src/**/*.test.ts"], rules: only(tauri, fake, features, views) },
  { files: ["src/features/**"], ignores: ["src/**/*.test.ts"], rules: only(tauri, fake, otherFeature, features, views) },
  { files: ["src/ipc/**"], rules: { "no-restricted-properties": "off", ...only(features, views) } },
);
