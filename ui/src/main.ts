import { mount } from "svelte";
import "./design/screen.scss";
import App from "./views/App.svelte";

const target = document.getElementById("app");
if (target) mount(App, { target });
