"use strict";

// The page of the API: what /v1/openapi.json says, and a way to try it. Nothing of it comes from elsewhere.

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
};

const resolve = (api, schema) => {
  const name = schema?.$ref?.split("/").pop();
  return name ? { name, ...api.components.schemas[name] } : schema ?? {};
};

const typeOf = (api, given) => {
  const schema = resolve(api, given);
  if (schema.enum) return schema.enum.join(" | ");
  const several = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (several) return several.map((one) => typeOf(api, one)).join(" or ");
  if (schema.type === "array") return `list of ${typeOf(api, schema.items)}`;
  return [schema.type ?? "any"].flat().join(" | ");
};

const members = (api, given) => {
  const schema = resolve(api, given);
  if (schema.oneOf) {
    const kinds = schema.oneOf.map((one) => [element("p", {}, resolve(api, one).description ?? ""), members(api, one)]);
    return element("div", {}, ...kinds.flat().filter(Boolean));
  }
  if (!schema.properties) return undefined;
  // What may only be null belongs to another kind.
  const own = Object.entries(schema.properties).filter(([, property]) => typeOf(api, property) !== "null");
  const rows = own.map(([name, property]) =>
    element("tr", {},
      element("td", {}, element("code", {}, name), schema.required?.includes(name) ? " *" : ""),
      element("td", {}, typeOf(api, property)),
      // The first paragraph: what follows is for readers of the document.
      element("td", {}, (resolve(api, property).description ?? "").split("\n\n")[0])));
  return element("table", {}, element("tbody", {}, ...rows));
};

const shown = async (response, into) => {
  const kind = response.headers.get("content-type") ?? "";
  const status = element("p", { class: response.ok ? "" : "wrong" }, `${response.status} ${kind}`);
  if (kind.startsWith("image/")) {
    const image = element("img", { alt: "the picture that was drawn" });
    image.src = URL.createObjectURL(await response.blob());
    into.replaceChildren(status, image);
  } else {
    let text = await response.text();
    try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* It is no JSON. */ }
    into.replaceChildren(status, element("pre", {}, text));
  }
};

const operation = (api, path, method, described) => {
  const parameters = described.parameters ?? [];
  const content = described.requestBody?.content?.["application/json"];
  const fields = parameters.map((parameter) => {
    const words = parameter.schema?.enum;
    const field = words
      ? element("select", {}, ...(parameter.required ? words : ["", ...words]).map((word) => element("option", {}, word)))
      : element("input", { placeholder: parameter.schema?.description ?? "" });
    return { parameter, field, label: element("label", {}, `${parameter.name} `, field) };
  });
  const token = described.security ? element("input", { placeholder: "the server's token", type: "password" }) : undefined;
  const body = content ? element("textarea", { spellcheck: "false", "aria-label": "the request's body" }) : undefined;
  if (body) body.value = JSON.stringify(content.example ?? {}, null, 2);
  const answer = element("div");
  const send = async () => {
    let address = path;
    const query = new URLSearchParams();
    for (const { parameter, field } of fields) {
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(field.value));
      else if (field.value !== "") query.set(parameter.name, field.value);
    }
    if ([...query].length) address += `?${query}`;
    const headers = content ? { "Content-Type": "application/json" } : {};
    if (token?.value) headers.Authorization = `Bearer ${token.value}`;
    try {
      await shown(await fetch(address, { method: method.toUpperCase(), headers, body: body?.value }), answer);
    } catch (error) {
      answer.replaceChildren(element("p", { class: "wrong" }, String(error)));
    }
  };
  const responses = Object.entries(described.responses).map(([status, response]) =>
    element("tr", {}, element("td", {}, status), element("td", {}, response.description)));
  return element("details", { id: described.operationId },
    element("summary", {}, element("span", { class: "method" }, method.toUpperCase()), element("code", {}, path), ` ${described.summary}`),
    element("p", {}, described.description),
    element("div", { class: "fields" }, ...fields.map(({ label }) => label), token),
    body, content ? members(api, content.schema) : undefined,
    element("p", {}, element("button", { type: "button", onclick: send }, "Try it")), answer,
    element("table", {}, element("tbody", {}, ...responses)));
};

const show = async () => {
  const api = await (await fetch("/v1/openapi.json")).json();
  document.getElementById("about").textContent = `${api.info.description} Version ${api.info.version}.`;
  const list = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operation(api, path, method, described)));
  document.getElementById("operations").replaceChildren(...list);
};

show().catch((error) => {
  document.getElementById("operations").replaceChildren(element("p", { class: "wrong" }, String(error)));
});
