"""Customers of the relay: each opens a session and sends orders."""

from locust import HttpUser, constant, task


class Customer(HttpUser):
    wait_time = constant(2)

    def on_start(self):
        self.session = self.client.post("/sessions", json={"owner": "locust"}).json()["id"]

    @task(4)
    def order(self):
        order = {"order": {"count": 3, "to": "oslo"}, "steps": ["stock", "price", "label", "mail"]}
        self.client.post(f"/sessions/{self.session}/workflows", json=order, name="/sessions/:id/workflows")

    @task
    def look(self):
        self.client.get(f"/sessions/{self.session}", name="/sessions/:id")
