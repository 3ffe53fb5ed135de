"""Runs a DAG once in this process, as `airflow dags test` does, and tells what became of it in JSON, in a file.

arguments: folder of DAG files, DAG, configuration in JSON, logical date or "", pattern of tasks that are not run or "", file
"""
import inspect
import json
import sys
from datetime import datetime

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session

try:
    from airflow.models.xcom import XComModel as XCom
    read = XCom.deserialize_value
except ImportError:
    from airflow.models.xcom import XCom

    def read(row):
        return row.value  # Airflow 2 decodes it when it loads the row

folder, dag_id, conf, date, assumed, answer = sys.argv[1:7]


def output(session, task):
    row = session.query(XCom).filter_by(
        dag_id=dag_id, run_id=task.run_id, task_id=task.task_id, map_index=task.map_index, key="return_value").first()
    return None if row is None else read(row)


def test():
    bag = DagBag(dag_folder=folder)
    if bag.import_errors:
        return {"problem": "\n".join(bag.import_errors.values())}
    dag = bag.dags[dag_id]
    arguments = {"run_conf": json.loads(conf), "mark_success_pattern": assumed or None}
    if date:
        modern = "logical_date" in inspect.signature(dag.test).parameters
        arguments["logical_date" if modern else "execution_date"] = datetime.fromisoformat(date)
    run = dag.test(**arguments)
    with create_session() as session:
        tasks = session.query(TaskInstance).filter_by(dag_id=dag_id, run_id=run.run_id).all()
        return {"state": run.state, "tasks": [
            {"id": t.task_id, "mapIndex": t.map_index, "state": t.state, "output": output(session, t)} for t in tasks]}


result = test()
with open(answer, "w", encoding="utf-8") as file:
    json.dump(result, file, default=str)
