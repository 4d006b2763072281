import { mount } from "svelte";
import "./design/screen.scss";
import "./patient/patient.scss";
import PatientApp from "./patient/PatientApp.svelte";

const target = document.getElementById("app");
if (target) mount(PatientApp, { target });
