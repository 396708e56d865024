// Types of what Vite gives the dashboard extensions at build time (import.meta.env, assets).
/// <reference types="vite/client" />
