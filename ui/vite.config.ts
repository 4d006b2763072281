/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vite";

// The window runs under a strict content policy: nothing inline, nothing from another origin.
export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  base: "./",
  server: { fs: { allow: [".."] } },
  build: {
    target: "safari15",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
    // The patient's window has a page of its own: nothing of the nurse's screens is in it.
    rolldownOptions: { input: ["index.html", "patient.html"] },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/design/jsdom.ts"],
    css: false,
    // One environment for all files is four times quicker; every test takes its own screen down again.
    isolate: false,
    restoreMocks: true,
  },
});
