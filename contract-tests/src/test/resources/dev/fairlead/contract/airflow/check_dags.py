"""Parses a folder of DAG files as Airflow does and tells what it found, as one line of JSON.

arguments: folder, file with {dag_id: {task_id: {field: expected value}}}
"""
import json
import logging
import sys

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag
try:
    from airflow.serialization.serialized_objects import DagSerialization as Serialization
except ImportError:
    from airflow.serialization.serialized_objects import SerializedDAG as Serialization


def load(folder):
    bag = DagBag(dag_folder=folder)
    serialized = {dag_id: json.dumps(Serialization.to_dict(dag), sort_keys=True, default=str) for dag_id, dag in bag.dags.items()}
    return bag, serialized


def field(dag, task_id, name):
    if not task_id:
        value = getattr(dag, name)
        if name == "params":
            return {k: value[k] for k in value}
        return sorted(value) if name == "tags" else value
    task = dag.task_dict[task_id]
    value = getattr(task, name)
    return task.render_template(value, {}, dag.get_template_env()) if name in task.template_fields else value


logging.disable(logging.WARNING)
folder, expected_file = sys.argv[1:3]
bag, first = load(folder)
_, second = load(folder)
wrong = []
checked = 0
with open(expected_file, encoding="utf-8") as f:
    expected = json.load(f)
for dag_id, tasks in expected.items():
    dag = bag.dags.get(dag_id)
    if dag is None:
        wrong.append(f"{dag_id} was not found")
        continue
    for task_id, fields in tasks.items():
        for name, value in fields.items():
            found = field(dag, task_id, name)
            checked += 1
            if found != value:
                wrong.append(f"{dag_id}.{task_id}.{name}: expected {ascii(value)[:400]} but was {ascii(found)[:400]}")
print(json.dumps({
    "dags": sorted(bag.dags),
    "edges": {d.dag_id: sorted([t.task_id, n] for t in d.tasks for n in t.downstream_task_ids) for d in bag.dags.values()},
    "errors": {k.rsplit("/", 1)[-1]: v for k, v in bag.import_errors.items()},
    "wrong": wrong[:20],
    "checked": checked,
    "stable": first == second,
}))
