// What a form holds before anyone has typed. Swagger UI would fill in the example of every parameter, and so send them all.
// Here a form starts with the first named example of its operation, another one can be chosen, and the rest stays empty.

const FORM = "application/x-www-form-urlencoded";

// The examples of the contract speak of this address; what they mean is the server that shows them.
const EXAMPLE_ORIGIN = "http://localhost:8080";

const METHODS = ["get", "post", "put", "patch", "delete"];

const empty = (schema) => (schema.type === "array" ? [] : "");

function prepare(contract) {
  const prepared = JSON.parse(JSON.stringify(contract).replaceAll(EXAMPLE_ORIGIN, window.location.origin));
  const target = (part) =>
    part.$ref ? part.$ref.split("/").slice(1).reduce((at, name) => at[name], prepared) : part;

  for (const path of Object.values(prepared.paths)) {
    const form = METHODS.map((method) => path[method]?.requestBody?.content?.[FORM]).find(Boolean);
    const first = form?.examples ? (target(Object.values(form.examples)[0]).value ?? {}) : {};
    if (form) {
      for (const [name, property] of Object.entries(target(form.schema).properties)) {
        property.example = first[name] ?? empty(property);
      }
    }
    for (const method of METHODS.filter((name) => path[name])) {
      for (const parameter of (path[method].parameters ?? []).map(target)) {
        // The same request can be made by GET and by POST: what fills in the form fills in the query.
        if (parameter.in === "query" && parameter.name in first) {
          parameter.example = first[parameter.name];
        } else if (!parameter.required) {
          delete parameter.example;
        }
      }
    }
  }
  return prepared;
}

// Above a form with several named examples: which of them to fill in.
function chooser(Original, { React, Im }) {
  return (props) => {
    const form = props.requestBody?.getIn(["content", FORM]);
    const examples = props.contentType === FORM ? form?.get("examples") : null;
    if (!props.isExecute || !examples || examples.size < 2) {
      return React.createElement(Original, props);
    }
    const fillIn = (event) => {
      const values = examples.getIn([event.target.value, "value"]);
      for (const [name, schema] of form.getIn(["schema", "properties"])) {
        props.onChange(values.get(name) ?? Im.fromJS(empty(schema.toJS())), [name]);
      }
    };
    const options = examples
      .entrySeq()
      .map(([key, example]) => React.createElement("option", { key, value: key }, example.get("summary")))
      .toArray();
    return React.createElement(
      "div",
      null,
      React.createElement(
        "label",
        { className: "form-example" },
        "Fill in for ",
        React.createElement("select", { onChange: fillIn }, options),
      ),
      React.createElement(Original, props),
    );
  };
}

// What is left empty is not sent, unless somebody says so.
const leftOut = (Original, { React }) => (props) =>
  React.createElement(Original, { ...props, isIncludedOptions: { ...props.isIncludedOptions, defaultValue: false } });

export const prefilled = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (original) => (contract) => original(prepare(contract)),
      },
    },
  },
  wrapComponents: { RequestBody: chooser, ParameterIncludeEmpty: leftOut },
});
