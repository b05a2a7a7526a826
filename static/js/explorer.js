/* The API's operations, shown by Swagger UI. It asks no other host and keeps no token: what is
   typed under "Authorize" is gone with the page. */
(() => {
  "use strict";

  const place = document.getElementById("explorer");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  /* Swagger UI is dark by a class; the portal follows the reader's system. */
  const shade = () => document.documentElement.classList.toggle("dark-mode", dark.matches);

  /* A change sent with the session of the page proves where it comes from, as a form does. */
  const withProof = (request) => {
    const isRead = !request.method || request.method === "GET";
    if (!isRead) request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  };

  /* The parts of Swagger UI within the portal's frame: the page has its title and its <main>. */
  const layout = ({ React: { createElement: h } }) => ({
    components: {
      PortalLayout: ({ getComponent, specSelectors }) => {
        const part = (name) => h(getComponent(name, true));
        const isThere = specSelectors.loadingStatus() !== "loading";
        return h(
          "div",
          { className: "swagger-ui" },
          part("SvgAssets"),
          part("errors"),
          isThere && part("AuthorizeBtnContainer"),
          isThere && part("FilterContainer"),
          h("h2", { className: "visually-hidden" }, "Operations"),
          part("operations"),
        );
      },
      /* An answer is scrolled by keyboard too. */
      PlainTextViewer: ({ className, children }) =>
        h("pre", { className: `microlight ${className || ""}`, tabIndex: 0 }, children),
    },
    wrapComponents: {
      /* Its choices have no name of their own. */
      JsonSchemaForm: (Original) => (props) =>
        props.description
          ? h(
              "label",
              { className: "explorer-field" },
              h("span", { className: "visually-hidden" }, props.description),
              h(Original, props),
            )
          : h(Original, props),
    },
  });

  shade();
  dark.addEventListener("change", shade);
  window.SwaggerUIBundle({
    domNode: place,
    url: place.dataset.description,
    presets: [window.SwaggerUIBundle.presets.apis],
    plugins: [layout],
    layout: "PortalLayout",
    validatorUrl: null,
    syntaxHighlight: { activated: false },
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    filter: true,
    requestInterceptor: withProof,
  });
})();
